import type {
	ModelServer,
	ModelServerInput,
} from "../../../src-shared/contract/index.ts";

export type ServerKind = ModelServer["kind"];

/** What is to be known of a kind of model server before it is set. */
export const serverKinds: Readonly<
	Record<
		ServerKind,
		{
			readonly name: string;
			readonly example: string;
			readonly model: string;
		}
	>
> = {
	openai_compatible: {
		name: "OpenAI-compatible",
		example: "https://api.example.com/v1",
		model: "gpt-4o-mini",
	},
	ollama: {
		name: "Ollama",
		example: "http://127.0.0.1:11434",
		model: "llama3.1:8b",
	},
};

/** The server as it is stored, to be sent again; its key stays as it is. */
export function storedServer(server: ModelServer): ModelServerInput {
	const { hasKey: _, changedBy: __, changedAt: ___, ...given } = server;
	return given;
}

/** What the form begins with. */
export function firstValues(server: ModelServer | null): ModelServerInput {
	return server !== null
		? storedServer(server)
		: {
				kind: "openai_compatible",
				baseUrl: "",
				model: "",
				isLocal: false,
				isEnabled: true,
				timeoutSeconds: 60,
				maxInputTokens: 8_000,
				maxOutputTokens: 1_000,
			};
}

/** What is wrong with an address, for people; null where nothing is. */
export function addressFault(address: string): string | null {
	const url = URL.parse(address.trim());
	if (url === null || !/^https?:$/.test(url.protocol)) {
		return "Enter an address that begins with https:// or http://.";
	}
	if (url.username !== "" || url.password !== "") {
		return "Leave the user out; a key goes into its own field.";
	}
	return url.search !== "" || url.hash !== ""
		? "Leave out what stands behind a ? or #."
		: null;
}

const ownNames =
	/^(localhost|.+\.local|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|\[::1\])$/;

/** Whether an address is of this machine or of its network, as far as its name tells. */
export function isOwnAddress(address: string): boolean {
	const url = URL.parse(address.trim());
	return url !== null && ownNames.test(url.hostname);
}

/** What is wrong with a whole number, for people; null where nothing is. */
export function rangeFault(
	value: number | string,
	[least, most]: readonly [number, number],
): string | null {
	return typeof value === "number" &&
		Number.isInteger(value) &&
		value >= least &&
		value <= most
		? null
		: `From ${least.toLocaleString("en-US")} to ${most.toLocaleString("en-US")}.`;
}
