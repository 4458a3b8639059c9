import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunningEngine } from "./engine-process.ts";

/** A playbook that writes a file, says so line by line, checks it, and can take it away again. */
const flag = `id: raise_flag
name: Raise the flag
description: Write a flag file on this machine and show how far it is
parameters:
  type: object
  required: [name]
  properties:
    name:
      title: Name of the flag
      type: string
      pattern: "^[a-z]+$"
      maxLength: 20
    lines:
      title: Lines
      type: integer
      minimum: 1
      maximum: 100000
      default: 3
    seconds:
      title: Seconds
      type: integer
      minimum: 0
      maximum: 600
      default: 0
    loud:
      title: Loud
      type: boolean
      default: false
risk:
  level: high
  affected_systems: [flags]
approval: params.loud
estimate:
  duration_seconds: 2
  cost_usd: 0
idempotent: true
offline_safe: true
changes:
  - "The flag {{ params.name }} is raised"
steps:
  - id: raise
    title: "Raise {{ params.name }}"
    command:
      program: node
      args: [raise.cjs, { value: params.name }, { value: params.lines }, { value: params.seconds }]
      timeout_seconds: 900
verification:
  - id: is_up
    title: The flag is up
    command:
      program: node
      args: [-p, 'require("node:fs").readFileSync(process.argv[1] + ".flag", "utf8")', { value: params.name }]
rollback:
  - id: lower
    title: "Lower {{ params.name }}"
    command:
      program: node
      args: [-e, 'require("node:fs").rmSync(process.argv[1] + ".flag"); console.log("lowered")', { value: params.name }]
`;

const raise = `const { writeFileSync } = require("node:fs");
const [, , name, lines, seconds] = process.argv;
writeFileSync(name + ".flag", "up");
console.log("\\u001b[32mraising\\u001b[0m <b>" + name + "</b>");
console.error("the wind is strong");
for (let line = 1; line <= Number(lines); line++) console.log("line " + line + " of " + lines);
setTimeout(() => console.log("done"), Number(seconds) * 1000);
`;

/** Puts the playbook into the engine's data folder and has it read. Answers the folder its programs run in. */
export async function addFlagPlaybook(engine: RunningEngine): Promise<string> {
	const folder = join(engine.dataDirectory, "playbooks");
	const work = join(folder, "work");
	await mkdir(work, { recursive: true });
	await writeFile(join(folder, "raise-flag.yaml"), flag);
	await writeFile(join(work, "raise.cjs"), raise);
	await (await engine.client()).playbooks.reload();
	return work;
}
