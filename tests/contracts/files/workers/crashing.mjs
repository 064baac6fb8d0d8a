// Stands in for a decoder killed by what it read.
process.kill(process.pid, 'SIGSEGV');
