"""A process of ours and the messages to it: started, fed, read, limited in time, ended.

`process` is the parent's side, `inside` the child's, `frames` what goes between them. Importable
by every adapter; must not know what any child is for.
"""
