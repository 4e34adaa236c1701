"""How somebody who serves gets a sign-in of their own: a code from the managing organ, used once by whoever they are."""
