import { ActionIcon, Button, Modal, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { callNeeds } from "../../../src-shared/domain/access/call-needs.ts";
import { identifierLength } from "../../../src-shared/domain/identifier.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import section from "../../components/section.module.css";
import { Section } from "../../components/section.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useConnectionState, useEngine } from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import { useSession } from "../../state/use-tenant.ts";
import { whyNot } from "../../state/why-not.ts";
import classes from "./settings-page.module.css";

/** The keys that sources send with their predictions. */
export function ApiKeys() {
	const engine = useEngine();
	const session = useSession();
	const reason = session && whyNot(callNeeds.keys.create, session);
	const connection = useConnectionState();
	const epoch = connection.kind === "open" ? String(connection.epoch) : null;
	const keys = useAnswer(epoch, (signal) =>
		engine.keys.list(undefined, { signal }),
	);
	const [name, setName] = useState("");
	const [secret, setSecret] = useState<string | null>(null);
	const [fault, setFault] = useState<string | null>(null);
	const [revoking, setRevoking] = useState<{
		readonly id: string;
		readonly name: string;
	} | null>(null);

	async function create(): Promise<void> {
		try {
			const made = await engine.keys.create({ name });
			setSecret(made.key);
			setName("");
			setFault(null);
			announce("Key made");
			keys.reload();
		} catch (error) {
			setFault(`No key was made. ${faultWords(error)}`);
		}
	}

	async function revoke(id: string): Promise<void> {
		setRevoking(null);
		try {
			await engine.keys.revoke({ id });
			setFault(null);
			announce("Key revoked");
		} catch (error) {
			setFault(`The key was not revoked. ${faultWords(error)}`);
		}
		keys.reload();
	}

	return (
		<Section title="API keys">
			<p>
				A source sends its key in the header X-API-Key. A key is shown once and
				kept only as a hash. It acts as an engineer of this tenant and never
				approves a playbook; it goes on working when its maker is turned off.
			</p>
			{reason !== null && <p>{reason}</p>}
			{session !== null && reason === null && (
				<form
					className={section.new}
					onSubmit={(event) => {
						event.preventDefault();
						void create();
					}}
				>
					<TextInput
						label="Name of a new key"
						placeholder="Scoring service"
						maxLength={identifierLength}
						value={name}
						onChange={(event) => setName(event.currentTarget.value)}
					/>
					<Button type="submit" disabled={name.trim() === ""}>
						Make a key
					</Button>
				</form>
			)}
			{secret !== null && (
				<div className={section.secret}>
					<code>{secret}</code>
					<CopyButton text={secret} label="Copy the key" />
					<ActionIcon
						aria-label="Hide the key"
						color="gray"
						onClick={() => setSecret(null)}
					>
						<IconX size={15} />
					</ActionIcon>
				</div>
			)}
			{(fault ?? keys.fault) !== null && (
				<p className={section.fault} role="alert">
					{fault ?? `The keys could not be listed: ${keys.fault}`}
				</p>
			)}
			{keys.value !== null && keys.value.length === 0 && (
				<p>No key yet. Make one for the first source.</p>
			)}
			{keys.value !== null && keys.value.length > 0 && (
				<table className={`${section.table} ${classes.keys}`}>
					<thead>
						<tr>
							<th scope="col">Name</th>
							<th scope="col">Begins with</th>
							<th scope="col">Made</th>
							<th scope="col">By</th>
							<th scope="col">Last used</th>
							<th scope="col">
								<span className="visually-hidden">Revoke</span>
							</th>
						</tr>
					</thead>
					<tbody>
						{keys.value.map((key) => (
							<tr key={key.id}>
								<td>{key.name}</td>
								<td>
									<code>{key.prefix}…</code>
								</td>
								<td>
									<RelativeTime at={key.createdAt} />
								</td>
								<td className="truncate" title={key.madeBy ?? undefined}>
									{key.madeBy ?? <span className="faint">Unknown</span>}
								</td>
								<td>
									{key.lastUsedAt === null ? (
										<span className="faint">Never</span>
									) : (
										<RelativeTime at={key.lastUsedAt} />
									)}
								</td>
								<td>
									{key.mayRevoke && (
										<Button
											variant="default"
											size="compact-xs"
											aria-label={`Revoke ${key.name}`}
											onClick={() => setRevoking(key)}
										>
											Revoke
										</Button>
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
			<Modal
				opened={revoking !== null}
				onClose={() => setRevoking(null)}
				title={`Revoke “${revoking?.name ?? ""}”?`}
			>
				<p>
					Sources that use this key are refused from now on. This cannot be
					undone; a new key can be made at any time.
				</p>
				<div className={section.new}>
					<Button
						color="red"
						onClick={() => {
							if (revoking !== null) void revoke(revoking.id);
						}}
					>
						Revoke the key
					</Button>
					<Button variant="default" onClick={() => setRevoking(null)}>
						Keep it
					</Button>
				</div>
			</Modal>
		</Section>
	);
}
