# Building Debrief needs Go 1.26 and nothing else. Its tests also need a C
# compiler for the race detector, Chromium and PostgreSQL: test/provide installs
# those from Debian packages when it may, and otherwise says how.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

GO ?= go
DATA ?= ../shared/data

# SQLite is a very large C program made into Go. Compiling it for the race
# detector takes minutes and runs it many times slower. Leaving it out loses
# nothing of ours: whoever waits in it waits on the standard library's locks.
RACE := -gcflags=modernc.org/...=-race=false

# Rooms in which things happen at once, and the tests of the whole product in which
# many act at once. The race detector looks at these; elsewhere it finds nothing and
# makes millions of orders of events, and every page of a story, take several times as long.
ATONCE := app auth intake job live notify oidc recall rest room server store web/frame web/room
MANY := ^Test(Room|Close|Nodes|Streams|Siege|SlowClients|Years)|twoEditors|sentTwice|live$$

.PHONY: help build run phone container test check real eval simulate bench crash unmask stories screenshots provide lint whole atonce

help: ## what can be made here
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

build: ## bin/debrief, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o bin/debrief ./cmd/debrief

run: build ## start Debrief on http://127.0.0.1:8080, its data in ./data
	bin/debrief serve

phone: build ## the same for the phones in the local network: https, and the address as a square to scan
	bin/debrief serve --phone

container: build ## builds the container image without a daemon and runs it twice; for root on Debian
	test/container/check

# The browser stories wait for browsers more than they work, so the two halves go
# side by side.
test: provide lint ## all there is: format, vet, staticcheck, every test, with -race where things happen at once, browser stories
	+$(MAKE) --no-print-directory -j 2 whole atonce

whole:
	$(GO) test -vet=off -p 2 -timeout 60m -skip '$(MANY)' ./test/stories ./cmd/debrief
	$(GO) test -vet=off -p 2 $$($(GO) list ./... | grep -vE '/(test/stories|cmd/debrief|internal/($(subst $() ,|,$(ATONCE))))$$')

atonce:
	$(GO) test -race $(RACE) -vet=off -p 2 $(ATONCE:%=./internal/%)
	$(GO) test -race $(RACE) -vet=off -p 1 -run '$(MANY)' ./test/stories ./cmd/debrief

check: lint ## what is quick of it: format, vet, staticcheck, tests without race detector and browser
	$(GO) test -vet=off $$($(GO) list ./... | grep -v /test/)

real: ## bring in the real reviews under DATA and say what was taken and left
	$(GO) run ./test/real $(DATA)

eval: ## how often the same ditch is found, and what is noticed in sentences, on the hand labels under DATA
	$(GO) run ./test/eval $(DATA)

simulate: ## how often teams are told that their reviews change nothing, and after how many: made-up teams, four years each
	$(GO) run ./test/simulate

bench: provide ## pages, reports, the index at 100,000 records, ten thousand listeners, a siege, start and memory, each beside a peer
	$(GO) test -vet=off -run '^$$' -bench . -benchtime 1x -timeout 120m -v ./test/bench

crash: ## a thousand kill -9 during writes, then fifty on PostgreSQL; every acknowledged write must be there and be found
	$(GO) run ./test/crash -cycles 1000
	$(GO) test -vet=off -count=1 -timeout 2h -v ./test/crash -run TestDebrief/postgres -args -cycles 50

unmask: ## 40 made-up organisations on each database, and how often a copy of everything tells who wrote what without a name; into docs/privacy.md
	TMPDIR=$$(test -w /dev/shm && echo /dev/shm || echo /tmp) $(GO) test -vet=off -count=1 -timeout 2h -v ./test/unmask \
		-run 'TestUnmask$$' -args -orgs 40 -into $(CURDIR)/docs/privacy.md

stories: provide ## every browser story on both databases; in "make test" most are told on one of them
	DEBRIEF_STORIES=both $(GO) test -vet=off -count=1 -timeout 90m ./test/stories

screenshots: ## every screen at 1280 and 390 wide into .build/screens, and those of docs/screens anew
	@test/provide pictures
	rm -rf .build/screens
	FONTCONFIG_FILE=$(CURDIR)/test/fonts.conf DEBRIEF_SCREENS=$(CURDIR)/.build/screens DEBRIEF_STORIES=both \
		$(GO) test -count=1 ./test/stories -run /sqlite
	for picture in docs/screens/*.png; do cp .build/screens/$${picture##*/} $$picture; done

provide:
	@test/provide

lint:
	@out=$$(gofmt -l $$(git ls-files '*.go' 2>/dev/null || find . -name '*.go')); \
	if [ -n "$$out" ]; then echo "gofmt these:"; echo "$$out"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
