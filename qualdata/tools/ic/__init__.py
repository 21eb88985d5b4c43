"""Iterative categorization (Neale 2016, doi:10.1111/add.13314; 2021, doi:10.1111/add.15259): what stands between codes and themes, in files to work in."""
