// Sends requests with Go's net/http, as they are given, and tells what came back.
//
// In: a JSON list of {method, origin, target, headers, body}, bodies in base64. Out: a list of {status, headers, body, hash},
// where hash is X-Road-Request-Hash as this program computes it from what it sent and the two numbers that came back.
package main

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
)

type asked struct {
	Method, Origin, Target string
	Headers                [][2]string
	Body                   []byte
}

type answered struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    []byte            `json:"body"`
	Hash    string            `json:"hash"`
}

var client = &http.Client{
	Timeout:       30 * time.Second,
	Transport:     &http.Transport{DisableCompression: true, DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func main() {
	var requests []asked
	if err := json.NewDecoder(os.Stdin).Decode(&requests); err != nil {
		log.Fatal(err)
	}
	answers := []answered{}
	for _, request := range requests {
		answer, err := send(request)
		if err != nil {
			log.Fatal(err)
		}
		answers = append(answers, answer)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}

func send(a asked) (answered, error) {
	var body io.Reader
	if a.Body != nil {
		body = bytes.NewReader(a.Body)
	}
	request, err := http.NewRequest(a.Method, a.Origin+a.Target, body)
	if err != nil {
		return answered{}, err
	}
	for _, header := range a.Headers {
		// Not by Set: names go out as they are written.
		request.Header[header[0]] = []string{header[1]}
	}
	response, err := client.Do(request)
	if err != nil {
		return answered{}, err
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	if err != nil {
		return answered{}, err
	}
	headers := map[string]string{}
	for name := range response.Header {
		headers[strings.ToLower(name)] = response.Header.Get(name)
	}
	return answered{response.StatusCode, headers, got, requestHash(a, headers)}, nil
}

// Of those that the examples send.
var notExchanged = map[string]bool{"user-agent": true, "x-road-request-hash": true}

// net/http writes headers in the order of their names.
func requestHash(a asked, got map[string]string) string {
	sorted := slices.SortedFunc(slices.Values(a.Headers), func(x, y [2]string) int { return strings.Compare(x[0], y[0]) })
	var text strings.Builder
	text.WriteString(a.Method + "\r\n" + a.Target + "\r\n")
	hasID := false
	for _, header := range sorted {
		if notExchanged[strings.ToLower(header[0])] {
			continue
		}
		text.WriteString(header[0] + ":" + header[1] + "\r\n")
		hasID = hasID || strings.EqualFold(header[0], "X-Road-Id")
	}
	text.WriteString("x-road-request-id:" + got["x-road-request-id"] + "\r\n")
	if !hasID {
		text.WriteString("x-road-id:" + got["x-road-id"] + "\r\n")
	}
	digest := sha512.Sum512([]byte(text.String()))
	if a.Body != nil {
		ofBody := sha512.Sum512(a.Body)
		digest = sha512.Sum512(append(digest[:], ofBody[:]...))
	}
	return base64.StdEncoding.EncodeToString(digest[:])
}
