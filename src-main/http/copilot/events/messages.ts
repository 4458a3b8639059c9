import { z } from "zod";

export const channels = ["incidents", "hypotheses", "alerts"] as const;
export type Channel = (typeof channels)[number];

export const largestMessage = 64 * 1024;
const channelList = z.array(z.enum(channels)).max(100);

const message = z.discriminatedUnion("type", [
	z.object({
		type: z.literal("connect"),
		token: z.string().max(largestMessage),
		tenantId: z.string(),
		/** The `seq` of the last frame that was taken; what came after it is sent on subscribing. */
		lastSeq: z.int().min(0).optional(),
	}),
	z.object({ type: z.literal("subscribe"), channels: channelList }),
	z.object({ type: z.literal("unsubscribe"), channels: channelList }),
	z.object({ type: z.literal("ping") }),
	/** The answer to a ping of ours. */
	z.object({ type: z.literal("pong") }),
]);
export type Message = z.infer<typeof message>;

/** A frame as what it asks for, or what is wrong with it in words. */
export function readMessage(text: string): Message | { fault: string } {
	const parsed = message.safeParse(parseJson(text));
	return parsed.success ? parsed.data : { fault: faultOf(parsed.error) };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function faultOf({ issues }: z.ZodError): string {
	const issue = issues[0];
	const field = issue?.path[0];
	if (issue === undefined || field === undefined || field === "type") {
		return "unknown message";
	}
	return field === "channels"
		? `channels: only ${channels.join(", ")}`
		: `${issue.path.join(".")}: ${issue.message}`;
}
