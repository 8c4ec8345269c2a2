/** Every sample picture: its file, its size in pixels and how it is encoded. */
export const samples = [
  { file: 'still-life.jpg', scene: 'stillLife', width: 500, height: 375, quality: 0.9 },
  { file: 'cat.jpg', scene: 'cat', width: 640, height: 480, quality: 0.88 },
  { file: 'gratings.png', scene: 'gratings', width: 512, height: 512 },
  { file: 'sailing-boat.webp', scene: 'sailingBoat', width: 640, height: 427, quality: 0.86 },
  { file: 'tall-vase.png', scene: 'tallVase', width: 300, height: 600 },
  { file: 'colour-wheel.gif', scene: 'colourWheel', width: 320, height: 320 },
  { file: 'golf-ball.jpg', scene: 'golfBall', width: 640, height: 480, quality: 0.86 },
  { file: 'parachute.jpg', scene: 'parachute', width: 640, height: 480, quality: 0.88 },
  { file: 'church.jpg', scene: 'church', width: 480, height: 600, quality: 0.86 },
  { file: 'cassette-player.jpg', scene: 'cassettePlayer', width: 640, height: 480, quality: 0.88 },
  { file: 'gas-pump.jpg', scene: 'gasPump', width: 480, height: 600, quality: 0.88 },
];
