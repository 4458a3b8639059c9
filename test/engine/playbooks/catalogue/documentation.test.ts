// Every playbook and every connections file that the documentation shows is right as it stands.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConnections } from "../../../../src-main/engine/playbooks/catalogue/connections/read-connections.ts";
import { checkout } from "../../../architecture/source-file.ts";
import { dataFolder, faultsOf } from "./written-catalogue.ts";

function examples(file: string): string[] {
	const text = readFileSync(join(checkout, file), "utf8");
	return (
		[...text.matchAll(/```yaml\n([\s\S]*?)```/g)]
			.map(([, example]) => example ?? "")
			// What is pasted into Alertmanager's configuration is no file of Tocsin's.
			.filter((example) => !example.startsWith("receivers:"))
	);
}

const written = ["README.md", "resources/playbooks/README.md"].flatMap((file) =>
	examples(file).map((example) => [file, example] as const),
);

test("there are examples to hold", () => {
	expect(written.map(([file]) => file)).toEqual([
		"README.md",
		"resources/playbooks/README.md",
		"resources/playbooks/README.md",
	]);
});

test.each(written)("an example of %s is right", (_, example) => {
	if (example.startsWith("id:")) {
		expect(faultsOf(example)).toEqual([]);
		return;
	}
	const folder = dataFolder({ "connections.yaml": example });
	const file = join(folder, "playbooks", "connections.yaml");
	expect(readConnections(file)?.faults).toEqual([]);
});
