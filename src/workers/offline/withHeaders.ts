// Adds what a host does not send; never takes away or loosens what it does.

/** Several policies hold together, so ours is added to another one; any other header of the host stays. */
export function withHeaders(response: Response, added: Readonly<Record<string, string>>): Response {
  // A redirect that the browser follows itself can't be made anew.
  if (response.type === 'opaqueredirect') return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(added)) {
    if (!headers.has(name)) headers.set(name, value);
    else if (name === 'Content-Security-Policy' && !headers.get(name)?.includes(value)) headers.append(name, value);
  }
  // The body was decoded on its way here, and its length may have changed with it.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
