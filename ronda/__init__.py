"""The night watch of an RT: who watches which night, rounds past its cameras, and the log of both."""
