"""`python -m qualdata` is the command `qualdata`."""

from qualdata.cli import main

if __name__ == "__main__":
    main(prog_name="qualdata")
