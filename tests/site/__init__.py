"""The documentation as a reader has it: `make site` builds it and runs these tests in a browser."""
