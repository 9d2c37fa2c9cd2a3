// Sources of the workloads that are compiled: Go's and Rust's hello, their threads, and Go's net/http on both sides.

export const GO_HELLO = `package main

import (
	"fmt"
	"os"
)

func main() {
	for at, argument := range os.Args[1:] {
		fmt.Printf("%d %q %8.3f\\n", at, argument, float64(at)/3)
	}
	fmt.Println(map[string]int{"a": 1, "b": 2}, []byte("bytes"), len(os.Environ()))
}
`;

export const GO_GOROUTINES = `package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"
)

func main() {
	text, err := os.ReadFile("words")
	if err != nil { panic(err) }
	lines := strings.Split(string(text), "\\n")
	var wait sync.WaitGroup
	sums := make(chan string, len(lines)/100+1)
	for start := 0; start < len(lines); start += 100 {
		wait.Add(1)
		go func(start int) {
			defer wait.Done()
			end := start + 100
			if end > len(lines) { end = len(lines) }
			sums <- fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(lines[start:end], "|"))))
		}(start)
	}
	wait.Wait()
	close(sums)
	var all []string
	for sum := range sums { all = append(all, sum) }
	sort.Strings(all)
	fmt.Println(len(all), all[0], all[len(all)-1])
}
`;

export const GO_HTTP = `package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil { panic(err) }
	handler := http.NewServeMux()
	handler.HandleFunc("/echo", func(answer http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		answer.Header().Set("X-Length", fmt.Sprint(len(body)))
		fmt.Fprintf(answer, "%s %s", request.Method, strings.ToUpper(string(body)))
	})
	go http.Serve(listener, handler)
	base := "http://" + listener.Addr().String()
	for i := 0; i < 5; i++ {
		answer, err := http.Post(base+"/echo", "text/plain", strings.NewReader(strings.Repeat("ab", 1<<(3*i))))
		if err != nil { panic(err) }
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		fmt.Println(answer.Status, answer.Header.Get("X-Length"), len(body), string(body[:10]))
	}
	answer, err := http.Get(base + "/nothing")
	if err != nil { panic(err) }
	fmt.Println(answer.StatusCode)
}
`;

export const RUST_HELLO = `fn main() {
    for (at, argument) in std::env::args().skip(1).enumerate() {
        println!("{at} {argument:?} {:8.3}", at as f64 / 3.0);
    }
    let missing = std::fs::read_to_string("missing").unwrap_err();
    println!("{missing} {:?}", "λ".to_uppercase());
}
`;

export const RUST_THREADS = `use std::collections::BTreeMap;
use std::sync::{mpsc, Arc, Barrier, Mutex};
use std::thread;

fn main() {
    let text = Arc::new(std::fs::read_to_string("words").unwrap());
    let barrier = Arc::new(Barrier::new(8));
    let counts = Arc::new(Mutex::new(BTreeMap::<char, usize>::new()));
    let (sender, receiver) = mpsc::channel();
    let workers: Vec<_> = (0..8)
        .map(|part| {
            let (text, barrier, counts, sender) = (text.clone(), barrier.clone(), counts.clone(), sender.clone());
            thread::spawn(move || {
                barrier.wait();
                for line in text.lines().skip(part).step_by(8) {
                    *counts.lock().unwrap().entry(line.chars().next().unwrap()).or_default() += line.len();
                }
                sender.send(part * part).unwrap();
            })
        })
        .collect();
    drop(sender);
    workers.into_iter().for_each(|worker| worker.join().unwrap());
    println!("{:?} {}", counts.lock().unwrap(), receiver.iter().sum::<usize>());
    println!("{}", thread::spawn(|| panic!("on purpose")).join().is_err());
}
`;
