// Holds Sapan's transparency log against other people's code: Go's checksum database (golang.org/x/mod/sumdb) and
// transparency.dev's formats and Merkle proofs. Reads one log as JSON from standard input, verifies all of it, and
// prints a log of its own making over the same leaves for Sapan to verify.
package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"

	f_log "github.com/transparency-dev/formats/log"
	f_note "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type proofOf struct {
	Index int64    `json:"index"`
	Proof [][]byte `json:"proof"`
}

type growth struct {
	OldSize int64    `json:"oldSize"`
	OldRoot []byte   `json:"oldRoot"`
	Proof   [][]byte `json:"proof"`
}

type madeLog struct {
	Origin      string    `json:"origin"`
	LogVkey     string    `json:"logVkey"`
	WitnessVkey string    `json:"witnessVkey"`
	Note        string    `json:"note"`
	Leaves      [][]byte  `json:"leaves"`
	Inclusion   []proofOf `json:"inclusion"`
	Growth      []growth  `json:"growth"`
}

type finding struct {
	What  string `json:"what"`
	Error string `json:"error"`
}

func main() {
	var ours madeLog
	must(json.NewDecoder(os.Stdin).Decode(&ours))
	theirs := build(ours.Leaves)
	must(json.NewEncoder(os.Stdout).Encode(map[string]any{"findings": verify(ours), "log": theirs}))
}

// verify says of each part of the log whether it holds; an empty error is a pass.
func verify(l madeLog) []finding {
	var found []finding
	say := func(what string, err error) {
		text := ""
		if err != nil {
			text = err.Error()
		}
		found = append(found, finding{what, text})
	}
	logKey, err := note.NewVerifier(l.LogVkey)
	say("the log's verifier key is read by sumdb/note", err)
	witness, err := f_note.NewVerifierForCosignatureV1(l.WitnessVkey)
	say("the witness's verifier key is read by formats/note", err)
	if logKey == nil || witness == nil {
		return found
	}
	checkpoint, _, opened, err := f_log.ParseCheckpoint([]byte(l.Note), l.Origin, logKey, witness)
	say("the checkpoint's signature verifies in sumdb/note", err)
	if err != nil {
		return found
	}
	if len(opened.Sigs) != 2 {
		err = fmt.Errorf("%d signatures verified, 2 expected", len(opened.Sigs))
	}
	say("the witness's cosignature/v1 verifies in formats/note", err)
	root, err := rootOf(l.Leaves)
	if err == nil && (string(root[:]) != string(checkpoint.Hash) || checkpoint.Size != uint64(len(l.Leaves))) {
		err = fmt.Errorf("sumdb/tlog computes %x", root)
	}
	say("the root over the leaves is the one that sumdb/tlog computes", err)
	say("inclusion proofs verify in transparency-dev/merkle", inclusion(l, checkpoint.Hash))
	say("consistency proofs verify in transparency-dev/merkle", consistency(l, checkpoint.Hash))
	return found
}

func inclusion(l madeLog, root []byte) error {
	for _, p := range l.Inclusion {
		leaf := rfc6962.DefaultHasher.HashLeaf(l.Leaves[p.Index])
		size := uint64(len(l.Leaves))
		if err := proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(p.Index), size, leaf, p.Proof, root); err != nil {
			return fmt.Errorf("leaf %d: %w", p.Index, err)
		}
	}
	return nil
}

func consistency(l madeLog, root []byte) error {
	for _, g := range l.Growth {
		size := uint64(len(l.Leaves))
		if err := proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(g.OldSize), size, g.Proof, g.OldRoot, root); err != nil {
			return fmt.Errorf("from size %d: %w", g.OldSize, err)
		}
	}
	return nil
}

// build makes a log over the leaves with keys of its own.
func build(leaves [][]byte) madeLog {
	const origin = "conformance.example/go"
	logSecret, logVkey, err := note.GenerateKey(rand.Reader, origin)
	must(err)
	witnessSecret, witnessVkey, err := note.GenerateKey(rand.Reader, "conformance.example/witness")
	must(err)
	witnessVkey, err = f_note.VKeyToCosignatureV1(witnessVkey)
	must(err)
	logSigner, err := note.NewSigner(logSecret)
	must(err)
	witness, err := f_note.NewSignerForCosignatureV1(witnessSecret)
	must(err)
	hashes, err := store(leaves)
	must(err)
	size := int64(len(leaves))
	root, err := tlog.TreeHash(size, hashes)
	must(err)
	text := f_log.Checkpoint{Origin: origin, Size: uint64(size), Hash: root[:]}.Marshal()
	signed, err := note.Sign(&note.Note{Text: string(text)}, logSigner, witness)
	must(err)
	made := madeLog{Origin: origin, LogVkey: logVkey, WitnessVkey: witnessVkey, Note: string(signed), Leaves: leaves}
	for at := int64(0); at < size; at++ {
		p, err := tlog.ProveRecord(size, at, hashes)
		must(err)
		made.Inclusion = append(made.Inclusion, proofOf{at, bytesOf(p)})
	}
	for old := int64(1); old < size; old++ {
		p, err := tlog.ProveTree(size, old, hashes)
		must(err)
		oldRoot, err := tlog.TreeHash(old, hashes)
		must(err)
		made.Growth = append(made.Growth, growth{old, oldRoot[:], bytesOf(p)})
	}
	return made
}

func rootOf(leaves [][]byte) (tlog.Hash, error) {
	hashes, err := store(leaves)
	if err != nil {
		return tlog.Hash{}, err
	}
	return tlog.TreeHash(int64(len(leaves)), hashes)
}

// store keeps every hash of the tree where tlog looks for it.
func store(leaves [][]byte) (tlog.HashReader, error) {
	var kept []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			if index >= int64(len(kept)) {
				return nil, fmt.Errorf("no hash %d", index)
			}
			hashes[i] = kept[index]
		}
		return hashes, nil
	})
	for i, leaf := range leaves {
		added, err := tlog.StoredHashes(int64(i), leaf, reader)
		if err != nil {
			return nil, err
		}
		kept = append(kept, added...)
	}
	return reader, nil
}

func bytesOf(hashes []tlog.Hash) [][]byte {
	all := [][]byte{}
	for _, hash := range hashes {
		all = append(all, append([]byte{}, hash[:]...))
	}
	return all
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
