"""处理: breaches of the duties of Article 15, found, heard, decided and looked at again (Articles 15, 40 and 43)."""
