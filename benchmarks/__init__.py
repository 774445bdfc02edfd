"""Measures of the whole portal with real parts: `make bench`, or `python -m benchmarks NAME …` for single ones.

Each prints a table with its conditions on top. Machines are shared and noisy: quote ratios and medians. Results worth keeping stand in
docs/benchmarks.md with their date and machine.
"""
