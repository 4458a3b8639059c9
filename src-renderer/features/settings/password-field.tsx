import { Button, PasswordInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
	longestPassword,
	shortestPassword,
} from "../../../src-shared/domain/text-limits.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import section from "../../components/section.module.css";
import classes from "./settings-page.module.css";
import { suggestPassword } from "./suggest-password.ts";

/** A password for somebody else: typed, or made up, shown and copied to hand it over. */
export function PasswordField(props: {
	readonly value: string;
	readonly error: string | null;
	onChange(value: string): void;
}) {
	const [isShown, shown] = useDisclosure(false);
	return (
		<div className={classes.passwordField}>
			<PasswordInput
				label="Password"
				description={`${shortestPassword} characters or more; hand it over yourself.`}
				autoComplete="new-password"
				maxLength={longestPassword}
				value={props.value}
				error={props.error}
				visible={isShown}
				onVisibilityChange={shown.toggle}
				visibilityToggleButtonProps={{
					"aria-label": isShown ? "Hide the password" : "Show the password",
				}}
				onChange={(event) => props.onChange(event.currentTarget.value)}
			/>
			<span className={section.buttons}>
				<Button
					variant="default"
					onClick={() => {
						props.onChange(suggestPassword());
						shown.open();
					}}
				>
					Make one up
				</Button>
				<CopyButton text={props.value} label="Copy the password" />
			</span>
		</div>
	);
}

/** What is wrong with a new password; null when nothing is. */
export function passwordFault(password: string): string | null {
	return password.length < shortestPassword
		? `Use ${shortestPassword} characters or more.`
		: null;
}
