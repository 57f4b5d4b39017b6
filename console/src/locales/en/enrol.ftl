# An officer brings a key with a code, before he can sign in.
enrol-title = Bring a key with a code
enrol-have-code = I have a code
enrol-about = An administrator handed you a code in person. With it you register a passkey here: a security key or this machine's own, with a PIN or a finger. You are not signed in by this.
enrol-code = Code
enrol-code-hint = 24 characters, with or without dashes. It is good once, for a day.
enrol-label = What is written on the key
enrol-label-hint = Such as: blue, desk 3. May be left out.
enrol-do = Register the passkey
enrol-back = Back to sign-in
enrol-done = The passkey of { $officer } is registered.
enrol-compare = Stay here and read this key id to an administrator, another one than who gave you the code. He approves only when his screen shows the same:
enrol-then = It is change { $change }. You can sign in once it is approved and the party root has signed.
enrol-browser = This browser has no passkeys. Use a current one, or ask for a key file.
enrol-address = Passkeys are not set up for this address of the node. Ask for a key file.
