import { Command } from "commander";
import { withEngine } from "./engine-session.ts";
import { type CommonOptions, withCommonOptions } from "./options.ts";
import { printJson, printLine } from "./output.ts";

interface CreateOptions extends CommonOptions {
	readonly name: string;
}

export function keyCommand(): Command {
	const create = new Command("create")
		.description("make an API key; it is shown this once")
		.requiredOption("--name <name>", "what the key is for");
	return new Command("key")
		.description("API keys")
		.addCommand(withCommonOptions(create).action(createKey));
}

async function createKey(options: CreateOptions): Promise<void> {
	const made = await withEngine(options, ({ client }) =>
		client.keys.create({ name: options.name }),
	);
	if (options.json) {
		printJson({
			id: made.id,
			name: made.name,
			key: made.key,
			prefix: made.prefix,
			created_at: new Date(made.createdAt).toISOString(),
		});
		return;
	}
	printLine(made.key);
	process.stderr.write(
		"This is the only time it is shown. Send it as the X-API-Key header.\n",
	);
}
