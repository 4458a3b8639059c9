import type { onRequestHookHandler } from "fastify";

/** A body that cannot be read as it was sent; answered with 415. */
export class UnsupportedMedia extends Error {
	readonly statusCode = 415;
}

/** Refuses compressed bodies: read as they are, they would be taken for broken ones. */
export const refuseEncodedBodies: onRequestHookHandler = (
	request,
	reply,
	done,
) => {
	const encoding = request.headers["content-encoding"];
	if (encoding === undefined || encoding.toLowerCase() === "identity") {
		done();
		return;
	}
	reply.header("accept-encoding", "identity");
	done(
		new UnsupportedMedia(
			`Content-Encoding ${encoding} is not taken; send the body as it is.`,
		),
	);
};
