// Checks documents against published schemas: node check.mjs kubernetes|compose FILE, where FILE is JSON, for Kubernetes a list.
// Prints one problem a line.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const PACKAGES = {
  "keda.sh/": "@kubernetes-models/keda/",
  "monitoring.coreos.com/": "@kubernetes-models/prometheus-operator/",
  "kafka.strimzi.io/": "@kubernetes-models/strimzi-kafka-operator/",
};

function moduleOf(document) {
  const group = Object.keys(PACKAGES).find((prefix) => document.apiVersion.startsWith(prefix));
  return `${group ? PACKAGES[group] : "kubernetes-models/"}${document.apiVersion}/${document.kind}`;
}

const nameOf = (document) => `${document.kind} ${document.metadata?.name}`;

// What the servers' schemas reject: types, enumerations, patterns, what is required.
async function validated(document) {
  try {
    const model = (await import(moduleOf(document)))[document.kind];
    new model(document).validate();
    return [];
  } catch (e) {
    return [`${nameOf(document)}: ${e.message}`];
  }
}

// What they ignore, and nobody means: fields that do not exist. The compiler knows them by the types of the same packages.
function unknownFields(documents) {
  const file = join(here, "documents.ts");
  const source = documents.map((document, i) =>
    `import type {I${document.kind} as T${i}} from "${moduleOf(document)}";\n`
    + `export const d${i}: T${i} = ${JSON.stringify(document)};\n`);
  writeFileSync(file, source.join(""));
  const result = spawnSync(join(here, "node_modules/.bin/tsc"), ["--noEmit", "--strict", "--skipLibCheck", "--module",
    "nodenext", "--moduleResolution", "nodenext", "--types", "", file], { encoding: "utf8" });
  if (result.error) return [String(result.error)];
  const problems = [...result.stdout.matchAll(/\((\d+),\d+\): (error .*)/g)]
    .map(([, line, text]) => `${nameOf(documents[Math.floor((Number(line) - 1) / 2)])}: ${text}`);
  return problems.length || result.status === 0 ? problems : [result.stdout + result.stderr];
}

async function kubernetes(documents) {
  const problems = [];
  for (const document of documents) problems.push(...await validated(document));
  return problems.concat(unknownFields(documents));
}

async function compose(document) {
  const { default: Ajv } = await import("ajv");
  const schema = JSON.parse(readFileSync(join(here, "node_modules/dclint/schemas/compose.schema.json"), "utf8"));
  delete schema.$schema; // draft 7, which is Ajv's own, under an address that it does not know
  const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
  return validate(document) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}

const [kind, file] = process.argv.slice(2);
const problems = await { kubernetes, compose }[kind](JSON.parse(readFileSync(file, "utf8")));
problems.forEach((problem) => console.log(problem));
process.exitCode = problems.length ? 1 : 0;
