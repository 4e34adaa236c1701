"""The public file formats: what is read, how it is validated, and how every fault is named."""
