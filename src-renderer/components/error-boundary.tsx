import { Button } from "@mantine/core";
import { Component, type ErrorInfo, type ReactNode } from "react";
import classes from "./error-boundary.module.css";

interface BoundaryProps {
	/** What the pane is, for the message. */
	readonly name: string;
	readonly children: ReactNode;
}

/** Keeps a fault of one pane inside it: the rest of the window goes on working. */
export class PaneBoundary extends Component<
	BoundaryProps,
	{ readonly error: Error | null }
> {
	override state: { readonly error: Error | null } = { error: null };

	static getDerivedStateFromError(error: unknown): { error: Error } {
		return { error: error instanceof Error ? error : new Error(String(error)) };
	}

	override componentDidCatch(error: unknown, info: ErrorInfo): void {
		console.error(`The pane "${this.props.name}" failed.`, error, info);
	}

	override render(): ReactNode {
		const { error } = this.state;
		if (error === null) return this.props.children;
		return (
			<div className={classes.fault} role="alert">
				<h2>{this.props.name} could not be drawn</h2>
				<p>
					Nothing was lost: your data is in the engine. Draw it again; if it
					fails once more, reload the window.
				</p>
				<pre>{error.message}</pre>
				<div className={classes.actions}>
					<Button onClick={() => this.setState({ error: null })}>
						Draw again
					</Button>
					<Button variant="default" onClick={() => location.reload()}>
						Reload the window
					</Button>
				</div>
			</div>
		);
	}
}
