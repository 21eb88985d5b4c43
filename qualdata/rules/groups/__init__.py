"""The rules, a module for each group; `qualdata.rules.registry` lists them."""
