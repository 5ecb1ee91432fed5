// Reads RDF on standard input and writes it in another format, with N3.js.
// Usage: node n3_convert.mjs FROM TO   (media types)
import { readFileSync } from 'node:fs';
import N3 from 'n3';

const [from, to] = process.argv.slice(2);
const quads = new N3.Parser({ format: from }).parse(readFileSync(0, 'utf8'));
const merged = ['text/turtle', 'application/n-triples'].includes(to);
const { quad, defaultGraph } = N3.DataFactory;
const result = merged ? quads.map((q) => quad(q.subject, q.predicate, q.object, defaultGraph())) : quads;
const writer = new N3.Writer({ format: to });
writer.addQuads(result);
writer.end((error, text) => {
  if (error) throw error;
  process.stdout.write(text);
});
