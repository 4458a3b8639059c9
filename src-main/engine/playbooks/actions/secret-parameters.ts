import { randomBytes } from "node:crypto";
import type {
	JsonValue,
	LoadedPlaybook,
	Parameters,
	PlaybookCatalogue,
} from "../definition.ts";
import { hidden, Redaction, textsIn } from "../runners/redaction.ts";

/** Actions whose secrets are held; the oldest are let go beyond it. */
const mostHeld = 1_000;

/**
 * The values of secret parameters. They are never written down: they live here, as long as
 * the engine does, from the dry run to its execution and rollback.
 */
export class SecretParameters {
	readonly #held = new Map<string, Parameters>();
	readonly #salt = randomBytes(32).toString("hex");

	/** The parameters as they may be stored and shown. */
	static concealed(playbook: LoadedPlaybook, params: Parameters): Parameters {
		return Object.fromEntries(
			Object.entries(params).map(([name, value]): [string, JsonValue] => [
				name,
				playbook.secretParameters.includes(name) ? hidden : value,
			]),
		);
	}

	/** For the hash of an action with secret parameters, which is run by this engine or by none; "" without any. */
	saltFor(playbook: LoadedPlaybook): string {
		return playbook.secretParameters.length === 0 ? "" : this.#salt;
	}

	/** Holds what was concealed of an action's parameters. */
	hold(actionId: string, playbook: LoadedPlaybook, params: Parameters): void {
		const secret = Object.entries(params).filter(([name]) =>
			playbook.secretParameters.includes(name),
		);
		if (secret.length === 0) return;
		this.#held.set(actionId, Object.fromEntries(secret));
		for (const id of this.#held.keys()) {
			if (this.#held.size <= mostHeld) break;
			this.#held.delete(id);
		}
	}

	/** The parameters as they were given; null when a secret one is not held any more. */
	reveal(
		actionId: string,
		playbook: LoadedPlaybook,
		stored: Parameters,
	): Parameters | null {
		const held = this.#held.get(actionId) ?? {};
		const concealed = Object.keys(stored).filter((name) =>
			playbook.secretParameters.includes(name),
		);
		return concealed.every((name) => Object.hasOwn(held, name))
			? { ...stored, ...held }
			: null;
	}
}

/** Hides the secrets of every connection, and those among a playbook's parameters. */
export function redactionFor(
	catalogue: Pick<PlaybookCatalogue, "secrets">,
	playbook: LoadedPlaybook | null,
	params: Parameters,
): Redaction {
	const names = playbook?.secretParameters ?? [];
	return new Redaction([
		...catalogue.secrets(),
		...names.flatMap((name) => textsIn(params[name])),
	]);
}
