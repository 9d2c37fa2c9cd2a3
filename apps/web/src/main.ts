// capOS in a browser page with xterm.js.
export {};
