/** Signs this browser in with an address and a password; answers null, or a sentence saying why not. */
export async function signIn(
	email: string,
	password: string,
): Promise<string | null> {
	let response: Response;
	try {
		response = await fetch("/ui/sign-in", {
			method: "POST",
			credentials: "same-origin",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ email, password }),
		});
	} catch {
		return "The engine is not reachable. Check that it runs, then try again.";
	}
	if (response.ok) return null;
	if (response.status === 401) {
		return "Address or password is wrong. Check both, or use a one-time link.";
	}
	if (response.status === 429) {
		return "Too many attempts. Wait a minute, then try again.";
	}
	return `The engine answered ${response.status}. Look at its log, then try again.`;
}

/** Ends this browser's session. What is shown stays until the connection is made anew. */
export async function signOut(): Promise<void> {
	await fetch("/ui/sign-out", { method: "POST", credentials: "same-origin" });
}
