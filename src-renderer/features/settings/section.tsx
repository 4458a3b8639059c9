import type { ReactNode } from "react";
import classes from "./settings-page.module.css";

/** A titled group of settings. */
export function Section(props: {
	readonly title: string;
	readonly children: ReactNode;
}) {
	return (
		<section className={classes.section}>
			<h2>{props.title}</h2>
			{props.children}
		</section>
	);
}
