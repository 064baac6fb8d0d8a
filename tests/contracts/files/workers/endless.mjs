// Stands in for a decoder caught in a loop.
for (;;);
