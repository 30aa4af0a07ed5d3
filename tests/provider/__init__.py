"""An OpenID Connect provider for tests: allauth's own, in a process of its own."""
