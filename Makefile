# What a developer types. Everything here is a Maven or shell command that can be typed as well; `make -n TARGET` shows it.
MVN ?= $(if $(shell command -v mvn),mvn,./mvnw)

# One module, one test: make test MODULE=sql-writer TEST=TokenBatchTest#aMethod, make it MODULE=cli IT=DemoIT
MODULE ?=
TEST ?=
IT ?=
# The benchmark to run: e2e, scanner, enricher, writer, monitor or codebook.
BENCH ?= e2e

# A module with those it needs. Its tests alone are run: each module's have a package of their own below io.tokensync.
scope = $(if $(MODULE),-pl $(MODULE) -am)
packages = $(notdir $(wildcard $(MODULE)/src/test/java/io/tokensync/*))
comma := ,
empty :=
space := $(empty) $(empty)
patterns = $(subst $(space),$(comma),$(packages:%=io/tokensync/%/**/*$(1)))
chosen = $(if $(2),$(2),$(if $(MODULE),$(call patterns,$(1))))
tests = $(if $(call chosen,Test,$(TEST)),'-Dtest=$(call chosen,Test,$(TEST))' -Dsurefire.failIfNoSpecifiedTests=false)
its = $(if $(call chosen,IT,$(IT)),'-Dit.test=$(call chosen,IT,$(IT))' -Dfailsafe.failIfNoSpecifiedTests=false)

.DEFAULT_GOAL := help
.PHONY: help build test it verify containers chaos format demo bench dist figures clean

help: ## Shows this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  MODULE=sql-writer narrows build, test and it; TEST=, IT= name a class or Class#method; BENCH=scanner names a benchmark."

build: ## Compiles everything, with the compiler's checks, and makes the jars; runs no test.
	$(MVN) -B -DskipTests -Dcyclonedx.skip=true $(scope) package

test: ## Runs the unit tests: no broker, no processes.
	$(MVN) -B $(scope) test $(tests)

it: ## Runs the integration tests: embedded broker, SQL Server wire endpoint, processes.
	$(MVN) -B $(scope) verify -Dsurefire.skip=true $(its)

verify: ## Runs everything, as a pull request is checked.
	$(MVN) -B verify

containers: ## Runs the suites that need Docker: a real SQL Server, a real Kafka.
	$(MVN) -B verify -Pcontainers

chaos: ## Runs everything as processes, with faults for three minutes.
	$(MVN) -B -Pchaos verify -pl chaos -am -Dchaos.minutes=3

format: ## Formats the Java sources.
	$(MVN) -q -B spotless:apply

demo: ## Makes sample nodes, runs everything in one process, proves the table right.
	./tokensync demo

bench: ## Runs a benchmark: make bench BENCH=scanner.
	./bench $(BENCH)

dist: ## Makes the archive and the Debian package that bring their own runtime.
	./mvnw -B -Pdist -Dmaven.test.skip=true package

figures: ## Prints how the code is cut: methods, files, packages, records, cycles, tests.
	@tools/figures.py

clean: ## Removes what was built.
	$(MVN) -q -B clean
