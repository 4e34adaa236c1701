"""核实: what an officer found out about a finding that the facts alone leave undetermined."""
