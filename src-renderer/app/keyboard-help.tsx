import { Modal } from "@mantine/core";
import { KeyCaps } from "../components/key-caps.tsx";
import { type Shortcut, useAllShortcuts } from "../ground/keyboard.ts";
import classes from "./keyboard-help.module.css";

/** Every key of the screen as it is now, by what it is for. */
export function KeyboardHelp(props: { onClose(): void }) {
	const groups = byGroup(useAllShortcuts());
	return (
		<Modal opened onClose={props.onClose} title="Keys" size={760} padding="lg">
			<div className={classes.groups}>
				{groups.map(([group, shortcuts]) => (
					<section key={group} className={classes.group}>
						<h3>{group}</h3>
						<dl>
							{shortcuts.map((shortcut) => (
								<div key={shortcut.keys} className={classes.line}>
									<dt>{shortcut.label}</dt>
									<dd>
										{shortcut.keys.split(" ").map((keys) => (
											<KeyCaps key={keys} keys={keys} />
										))}
									</dd>
								</div>
							))}
						</dl>
					</section>
				))}
			</div>
		</Modal>
	);
}

function byGroup(
	shortcuts: readonly Shortcut[],
): [string, readonly Shortcut[]][] {
	const groups = new Map<string, Shortcut[]>();
	for (const shortcut of shortcuts) {
		const known = groups.get(shortcut.group) ?? [];
		groups.set(shortcut.group, [...known, shortcut]);
	}
	return [...groups];
}
