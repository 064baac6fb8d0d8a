// A judge nobody here wrote: Go's own transparency-log packages check our head, an inclusion and a consistency.
// The request comes as JSON on standard input; "ok" on standard output means that everything verified.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type request struct {
	VKey       string   // the log's public key
	Checkpoint string   // the signed head
	Older      string   // an earlier signed head
	Leaf       string   // base64 of a leaf's bytes
	Index      int64    // its number
	Inclusion  []string // base64 hashes, leaf upwards
	Continuing []string // base64 hashes, from the older head to the newer
}

func main() {
	var asked request
	must(json.NewDecoder(os.Stdin).Decode(&asked))
	newer := open(asked.VKey, asked.Checkpoint)
	leaf, err := base64.StdEncoding.DecodeString(asked.Leaf)
	must(err)
	must(tlog.CheckRecord(hashes(asked.Inclusion), newer.N, newer.Hash, asked.Index, tlog.RecordHash(leaf)))
	if asked.Older != "" {
		older := open(asked.VKey, asked.Older)
		must(tlog.CheckTree(tlog.TreeProof(hashes(asked.Continuing)), newer.N, newer.Hash, older.N, older.Hash))
	}
	fmt.Println("ok")
}

// open verifies a head's signature and reads its three lines.
func open(vkey, checkpoint string) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	must(err)
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		must(fmt.Errorf("not a head of %s", verifier.Name()))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: root}
}

func hashes(encoded []string) tlog.RecordProof {
	proof := tlog.RecordProof{}
	for _, one := range encoded {
		hash, err := tlog.ParseHash(one)
		must(err)
		proof = append(proof, hash)
	}
	return proof
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
