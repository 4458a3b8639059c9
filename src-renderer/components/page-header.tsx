import type { ReactNode } from "react";
import classes from "./page-header.module.css";

/** The 44 px line on top of a page or pane: its title, then whatever belongs to it. */
export function PageHeader(props: {
	readonly title: ReactNode;
	readonly children?: ReactNode;
}) {
	return (
		<header className={classes.header}>
			<h1 className={classes.title}>{props.title}</h1>
			{props.children}
		</header>
	);
}
