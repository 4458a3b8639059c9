import classes from "./owner-mark.module.css";

/** An owner's initials and name; a dash in words when nobody owns it. */
export function OwnerMark(props: { readonly name: string | null }) {
	if (props.name === null) return <span className="faint">No owner</span>;
	return (
		<span className={classes.owner}>
			<span className={classes.initials} aria-hidden="true">
				{initials(props.name)}
			</span>
			<span className="truncate">{props.name}</span>
		</span>
	);
}

function initials(name: string): string {
	const words = name.split(/\s+/).filter(Boolean);
	const first = words[0] ?? "";
	const last = words.length > 1 ? (words.at(-1) ?? "") : "";
	return [first, last]
		.map((word) => [...word][0] ?? "")
		.join("")
		.toUpperCase();
}
