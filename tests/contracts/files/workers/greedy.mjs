// Stands in for a decoder that is made to take all memory.
const taken = [];
for (let turn = 0; turn < 100; turn += 1) taken.push(Buffer.alloc(40_000_000, turn + 1));
process.stdout.write(`took ${taken.length}`);
