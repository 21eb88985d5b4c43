"""What can be done with studies: each tool a module, working on the model alone."""
