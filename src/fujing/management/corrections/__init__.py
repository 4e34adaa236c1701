"""更正申请: what a person finds wrong in their own file, with its proof, confirmed or declined by whom the table names."""
