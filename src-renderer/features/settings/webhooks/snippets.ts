export interface Snippet {
	readonly id: "node" | "python";
	readonly label: string;
	readonly code: string;
}

/** How a receiver checks what arrives, with nothing but its own standard library. */
export const snippets: readonly Snippet[] = [
	{
		id: "node",
		label: "Node.js",
		code: `import { createHmac, timingSafeEqual } from "node:crypto";

// body: the text exactly as it arrived, before it is parsed.
export function verify(secret, headers, body) {
  const id = headers["webhook-id"];
  const sentAt = headers["webhook-timestamp"];
  if (!(Math.abs(Date.now() / 1000 - Number(sentAt)) <= 300)) {
    throw new Error("sent too long ago");
  }
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const expected = createHmac("sha256", key)
    .update(\`\${id}.\${sentAt}.\${body}\`)
    .digest();
  const isSigned = String(headers["webhook-signature"])
    .split(" ")
    .map((each) => Buffer.from(each.replace("v1,", ""), "base64"))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
  if (!isSigned) throw new Error("signed by somebody else");
  return JSON.parse(body); // Handle each webhook-id once: it may arrive again.
}
`,
	},
	{
		id: "python",
		label: "Python",
		code: `import base64, hashlib, hmac, json, time

# headers: by lower-case name. body: the bytes exactly as they arrived.
def verify(secret, headers, body):
    message_id = headers["webhook-id"]
    sent_at = headers["webhook-timestamp"]
    if abs(time.time() - int(sent_at)) > 300:
        raise ValueError("sent too long ago")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{sent_at}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(digest).decode()
    signatures = headers["webhook-signature"].split(" ")
    if not any(hmac.compare_digest(each, expected) for each in signatures):
        raise ValueError("signed by somebody else")
    return json.loads(body)  # Handle each webhook-id once: it may arrive again.
`,
	},
];
