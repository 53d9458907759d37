import { expect, test } from 'vitest';
import { begin, depth, push, redo, undo } from './history';

test('undo goes back, redo forward, and a new step forgets what was undone', () => {
  let h = push(push(begin('a'), 'b'), 'c');
  h = undo(undo(h));
  expect(h.now).toBe('a');
  expect(undo(h)).toBe(h); // nothing before
  h = redo(h);
  expect(h.now).toBe('b');
  h = push(h, 'd');
  expect(redo(h)).toBe(h); // nothing after
  expect([undo(h).now, undo(undo(h)).now]).toEqual(['b', 'a']);
});

test('undo goes back so far and no further', () => {
  let h = begin(0);
  for (let i = 1; i <= depth + 10; i++) h = push(h, i);
  for (let i = 0; i < 2 * depth; i++) h = undo(h);
  expect(h.now).toBe(10);
});
