import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { EngineError } from "../../engine/errors.ts";
import type { BulkItem } from "../../engine/predictions/index.ts";
import { ElementSplitter, LineSplitter } from "./bulk-items.ts";

const lineTypes = [
	"application/x-ndjson",
	"application/ndjson",
	"application/jsonl",
	"application/x-jsonlines",
];

/** Hands bulk bodies to their route as a stream; nothing else is taken. */
export function streamBulkBodies(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		[...lineTypes, "application/json"],
		(_request, payload, done) => done(null, payload),
	);
}

const itemsPerBatch = 1_000;

/** The items of a bulk body in batches, read no faster than they are taken. */
export async function* bulkItems(
	request: FastifyRequest,
): AsyncGenerator<BulkItem[]> {
	const encoding = request.headers["content-encoding"] ?? "identity";
	if (encoding !== "identity") {
		throw new EngineError(
			"INVALID",
			`Content-Encoding ${encoding} is not taken; send the body as it is.`,
			{ field: "content-encoding" },
		);
	}
	const type = request.headers["content-type"] ?? "";
	const splitter = lineTypes.some((name) => type.startsWith(name))
		? new LineSplitter()
		: new ElementSplitter();
	let batch: BulkItem[] = [];
	for await (const chunk of request.body as Readable) {
		const items = splitter.push(chunk as Buffer);
		batch = batch.length === 0 ? items : batch.concat(items);
		if (batch.length >= itemsPerBatch) {
			yield batch;
			batch = [];
		}
	}
	batch = batch.concat(splitter.end());
	if (batch.length > 0) yield batch;
}
