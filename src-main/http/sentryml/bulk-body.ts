import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { BulkItem } from "../../engine/predictions/index.ts";
import { UnsupportedMedia } from "../encoded-bodies.ts";
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
	app.addContentTypeParser("*", (_request, _payload, done) =>
		done(
			new UnsupportedMedia(
				"The Content-Type must be application/x-ndjson (an item a line) or application/json (an array).",
			),
		),
	);
}

const itemsPerBatch = 1_000;

/** A bulk body on its way in. */
export interface BulkBody {
	/** The items in batches, read no faster than they are taken. A body that breaks off first yields what came whole. */
	readonly batches: AsyncGenerator<BulkItem[]>;
	/** Once read: the status of a body that is as a whole no list of items, else null. */
	refusalStatus(): 400 | 422 | null;
}

/** Throws 415 when there is no body that could be read. */
export function bulkBody(request: FastifyRequest): BulkBody {
	const type = request.headers["content-type"];
	if (type === undefined) {
		throw new UnsupportedMedia("A body with a Content-Type is needed.");
	}
	if (lineTypes.some((name) => type.toLowerCase().startsWith(name))) {
		return {
			batches: batches(request.body as Readable, new LineSplitter()),
			refusalStatus: () => null,
		};
	}
	const splitter = new ElementSplitter();
	return {
		batches: batches(request.body as Readable, splitter),
		refusalStatus: () => {
			if (splitter.isBroken) return 400;
			return splitter.isArray ? null : 422;
		},
	};
}

async function* batches(
	body: Readable,
	splitter: LineSplitter | ElementSplitter,
): AsyncGenerator<BulkItem[]> {
	let batch: BulkItem[] = [];
	try {
		// Destroying the body would cut the connection before a refusal is sent.
		for await (const chunk of body.iterator({ destroyOnReturn: false })) {
			const items = splitter.push(chunk as Buffer);
			batch = batch.length === 0 ? items : batch.concat(items);
			if (batch.length >= itemsPerBatch) {
				const full = batch;
				batch = [];
				yield full;
			}
		}
	} catch (error) {
		if (batch.length > 0) yield batch;
		throw error;
	}
	batch = batch.concat(splitter.end());
	if (batch.length > 0) yield batch;
}
