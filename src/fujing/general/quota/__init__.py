"""用人额度: granted downward with a document, pooled and moved inside a territory, never exceeded (Article 6)."""
