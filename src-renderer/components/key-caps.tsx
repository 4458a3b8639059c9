import { keyCaps } from "../ground/keyboard.ts";
import classes from "./key-caps.module.css";

/** A shortcut drawn as keys, such as ⌘ K. */
export function KeyCaps(props: { readonly keys: string }) {
	return (
		<span className={classes.caps}>
			{keyCaps(props.keys).map((cap) => (
				<kbd key={cap} className={classes.cap}>
					{cap}
				</kbd>
			))}
		</span>
	);
}
