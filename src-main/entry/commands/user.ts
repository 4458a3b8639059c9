import { Command, Option } from "commander";
import { type Role, roles } from "../../../src-shared/domain/roles.ts";
import { withEngine } from "./engine-session.ts";
import { CommandFailure, usageFailure } from "./failure.ts";
import { type CommonOptions, withCommonOptions } from "./options.ts";
import { printJson, printLine } from "./output.ts";
import { askSecret, canAsk, readSecretFromStdin } from "./question.ts";

interface AddOptions extends CommonOptions {
	readonly email: string;
	readonly name: string;
	readonly role: Role;
	readonly passwordStdin?: true;
}

export function userCommand(): Command {
	const add = new Command("add")
		.description("add a person who signs in with a password")
		.requiredOption("--email <address>", "the address to sign in with")
		.requiredOption("--name <name>", "the name that others see")
		.addOption(
			new Option("--role <role>", "what the person may do")
				.choices([...roles])
				.default("engineer"),
		)
		.option("--password-stdin", "read the password from standard input");
	return new Command("user")
		.description("people")
		.addCommand(withCommonOptions(add).action(addUser));
}

async function addUser(options: AddOptions): Promise<void> {
	const password = await readPassword(options.passwordStdin === true);
	const user = await withEngine(options, ({ client }) =>
		client.users.add({
			email: options.email,
			name: options.name,
			role: options.role,
			password,
		}),
	);
	if (options.json) printJson(user);
	else printLine(`${user.name} can sign in as ${user.email}.`);
}

async function readPassword(fromStdin: boolean): Promise<string> {
	if (fromStdin) return await readSecretFromStdin();
	if (!canAsk()) {
		throw usageFailure(
			"There is no terminal to ask for the password. Pipe it in with --password-stdin.",
		);
	}
	const password = await askSecret("Password (8 characters or more):");
	if ((await askSecret("Once more:")) !== password) {
		throw new CommandFailure(
			"PASSWORDS_DIFFER",
			"The two passwords differ; nobody was added.",
		);
	}
	return password;
}
