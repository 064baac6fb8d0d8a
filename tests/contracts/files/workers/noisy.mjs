// Stands in for a decoder that answers without end.
const piece = Buffer.alloc(1_000_000);
const write = () => {
  while (process.stdout.write(piece));
  process.stdout.once('drain', write);
};
write();
