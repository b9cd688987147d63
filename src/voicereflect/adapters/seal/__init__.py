"""Sealing by the age format (age-encryption.org/v1), so that Debian's `age` opens it as well."""
