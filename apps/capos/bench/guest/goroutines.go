// A Go program whose goroutines wait for one another all the time: a sieve that is a chain of them, a pool of workers behind
// a channel, and a map behind a lock.
package main

import (
	"crypto/sha256"
	"fmt"
	"sort"
	"sync"
)

func generate(numbers chan<- int) {
	for i := 2; ; i++ {
		numbers <- i
	}
}

func filter(in <-chan int, out chan<- int, prime int) {
	for {
		if i := <-in; i%prime != 0 {
			out <- i
		}
	}
}

func primes(count int) (last int) {
	numbers := make(chan int)
	go generate(numbers)
	for i := 0; i < count; i++ {
		last = <-numbers
		next := make(chan int)
		go filter(numbers, next, last)
		numbers = next
	}
	return last
}

type digest struct {
	shard int
	sum   [32]byte
}

func digests(shards, workers int) []digest {
	jobs := make(chan int, workers)
	results := make(chan digest, workers)
	for i := 0; i < workers; i++ {
		go func() {
			for shard := range jobs {
				data := make([]byte, 4096)
				for i := range data {
					data[i] = byte(i * shard)
				}
				results <- digest{shard, sha256.Sum256(data)}
			}
		}()
	}
	go func() {
		for i := 0; i < shards; i++ {
			jobs <- i
		}
		close(jobs)
	}()
	all := make([]digest, 0, shards)
	for i := 0; i < shards; i++ {
		all = append(all, <-results)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].shard < all[j].shard })
	return all
}

func words(goroutines, each int) map[string]int {
	var lock sync.Mutex
	var done sync.WaitGroup
	counts := map[string]int{}
	for g := 0; g < goroutines; g++ {
		done.Add(1)
		go func(seed uint32) {
			defer done.Done()
			for i := 0; i < each; i++ {
				seed = seed*1103515245 + 12345
				word := fmt.Sprintf("word-%d", seed>>16%97)
				lock.Lock()
				counts[word]++
				lock.Unlock()
			}
		}(uint32(g))
	}
	done.Wait()
	return counts
}

func main() {
	fmt.Println(primes(700))
	last := digests(800, 8)
	fmt.Printf("%d %x\n", len(last), last[len(last)-1].sum)
	total := 0
	for _, count := range words(16, 4000) {
		total += count
	}
	fmt.Println(total)
}
