import { Command, CommanderError } from "commander";
import packageFacts from "../../../package.json" with { type: "json" };
import { alertsCommand } from "./alerts.ts";
import { assessCommand } from "./assess.ts";
import { compareCommand } from "./compare.ts";
import { demoCommand } from "./demo.ts";
import { doctorCommand } from "./doctor.ts";
import { describeFailure, exitCodes } from "./failure.ts";
import { importCommand } from "./import.ts";
import { keyCommand } from "./key.ts";
import { monitorCommand } from "./monitor.ts";
import { printJson } from "./output.ts";
import { playbookCommand } from "./playbook.ts";
import { rulesCommand } from "./rules.ts";
import { serveCommand } from "./serve.ts";
import { userCommand } from "./user.ts";
import { verifyCommand } from "./verify.ts";

/** Runs one command line and answers its exit code: 0, 1 when it failed, 2 when it was not understood. */
export async function runCli(parameters: readonly string[]): Promise<number> {
	// A reader that left, such as `head`, is no fault of the command.
	process.stdout.on("error", () => {});
	const program = buildProgram();
	try {
		await program.parseAsync(parameters, { from: "user" });
		return typeof process.exitCode === "number" ? process.exitCode : 0;
	} catch (error) {
		if (error instanceof CommanderError && error.exitCode === 0) return 0;
		const failure =
			error instanceof CommanderError
				? {
						code: "USAGE",
						message: usageMessage(error),
						exitCode: exitCodes.usage,
					}
				: describeFailure(error);
		process.stderr.write(`tocsin: ${failure.message}\n`);
		if (parameters.includes("--json")) {
			printJson({ error: { code: failure.code, message: failure.message } });
		}
		return failure.exitCode;
	}
}

function buildProgram(): Command {
	const program = new Command("tocsin")
		.description(packageFacts.description)
		.version(packageFacts.version)
		.helpCommand(true);
	program.addCommand(serveCommand());
	program.addCommand(importCommand());
	program.addCommand(assessCommand());
	program.addCommand(monitorCommand());
	program.addCommand(compareCommand());
	program.addCommand(alertsCommand());
	program.addCommand(rulesCommand());
	program.addCommand(playbookCommand());
	program.addCommand(demoCommand());
	program.addCommand(userCommand());
	program.addCommand(keyCommand());
	program.addCommand(verifyCommand());
	program.addCommand(doctorCommand());
	quieten(program);
	return program;
}

/** Throws instead of exiting, and leaves the one line of an error to `runCli`. */
function quieten(command: Command): void {
	command.exitOverride();
	command.configureOutput({ outputError: () => {} });
	for (const child of command.commands) quieten(child);
}

function usageMessage(error: CommanderError): string {
	if (error.code === "commander.help") {
		return "Name a command; tocsin --help lists them.";
	}
	return `${error.message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ")} (tocsin --help tells more)`;
}
