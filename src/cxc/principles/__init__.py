"""The principles of a design: what each requires, in the Common Expression Language (CEL), is asked of the design.

`parser` reads an expression, `checking` says what is wrong with it whatever the design holds, `evaluation` asks it, and
`blame` finds the elements that break it. What can be asked is said in `view`. All of it is put together in `judgement`,
for the rules CXC804 and CXC805. Nothing here reads files, and nothing takes longer than a number of steps.
"""
