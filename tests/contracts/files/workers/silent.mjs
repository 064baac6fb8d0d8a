// Stands in for a decoder that ends properly and says nothing.
process.exit(0);
