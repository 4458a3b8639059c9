import { z } from "zod";

/**
 * The frames that a client of the contract sends (`@orpc/standard-server-peer` 1.16): `i` is
 * the call, `t` the frame's type, `p` its payload. oRPC's adapters trust their peer: one
 * frame of another shape is a rejection that nobody handles. So frames are checked first;
 * files and streamed inputs, which the contract has none of, do not pass.
 */
const request = z.object({
	i: z.string(),
	t: z.literal(1).optional(),
	p: z.object({
		u: z.string().startsWith("/"),
		h: z
			.record(z.string(), z.string())
			.refine((headers) => !Object.keys(headers).some(describesContent))
			.optional(),
		m: z.literal(["GET", "POST"]).optional(),
		b: z.unknown().optional(),
	}),
});
const abort = z.object({
	i: z.string(),
	t: z.literal(4),
	p: z.unknown().optional(),
});
const frame = z.union([request, abort]);

/** True for a frame that a client of the contract may have sent. */
export function isContractFrame(data: unknown): data is string {
	if (typeof data !== "string") return false;
	try {
		return frame.safeParse(JSON.parse(data)).success;
	} catch {
		return false;
	}
}

function describesContent(header: string): boolean {
	return header.toLowerCase().startsWith("content-");
}
